# One image for all of wirespin's processes. docker-compose.yml and deploy/kubernetes run it; docs/deploy.md tells how.

# The full image, for its compiler: Faust 0.15.3 has no wheel for Linux on arm64 and is built there from its source.
FROM python:3.13.9-bookworm AS build
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
# With what sends traces, which is off unless WIRESPIN_OTEL_ENDPOINT is set.
RUN python -m venv /opt/wirespin \
    && /opt/wirespin/bin/pip install --no-index --find-links=/wheels "wirespin[otel]" \
    && /opt/wirespin/bin/pip uninstall --yes pip


FROM python:3.13.9-slim-bookworm
# Nothing that installs is left. The folders are made here because a named volume takes over their owner.
RUN python -m pip uninstall --yes --quiet --root-user-action=ignore pip \
    && rm -rf /usr/local/lib/python3.13/ensurepip \
    && groupadd --system --gid 10001 wirespin \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/wirespin --shell /usr/sbin/nologin wirespin \
    && install -d -m 0700 -o 10001 -g 10001 /var/lib/wirespin /var/lib/wirespin/desk
COPY --from=build /opt/wirespin /opt/wirespin
ENV PATH=/opt/wirespin/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WIRESPIN_HEALTH_PORT=8080
# By number, so that a platform that refuses root can see that it is not.
USER 10001:10001
WORKDIR /var/lib/wirespin
# An answer of 503 is an exception, so a failed check: docs/operations.md. A rebuild takes as long as its log is.
HEALTHCHECK --interval=15s --timeout=10s --retries=4 --start-period=10m \
    CMD ["python", "-c", "from urllib.request import *; build_opener(ProxyHandler({})).open('http://127.0.0.1:8080/ready', timeout=8)"]
ENTRYPOINT ["wirespin"]
CMD ["worker", "all"]
