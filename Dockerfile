# The worker of wirespin. docker-compose.yml runs it beside Apache Kafka; docs/kafka.md tells how.

# The full image, for its compiler: Faust 0.15.3 has no wheel for Linux on arm64 and is built there from its source.
FROM python:3.13 AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src

# The lock holds the developers' tools as well. All of it is fetched and its hashes checked here; what is installed
# below comes from this folder alone, and of that only what wirespin needs to run.
COPY requirements.lock ./
RUN pip wheel --no-deps --require-hashes --requirement requirements.lock --wheel-dir /wheels
RUN pip install --no-index --find-links=/wheels hatchling

COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY wirespin wirespin
COPY agents agents
COPY streams streams
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .
RUN python -m venv /opt/wirespin \
    && /opt/wirespin/bin/pip install --no-index --find-links=/wheels wirespin \
    && /opt/wirespin/bin/pip uninstall --yes pip


FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/wirespin wirespin
COPY --from=build /opt/wirespin /opt/wirespin
ENV PATH=/opt/wirespin/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# By number, so that a platform that refuses root can see that it is not.
USER 10001
WORKDIR /var/lib/wirespin
ENTRYPOINT ["wirespin"]
CMD ["worker", "all"]
