"""The desk: what people look at alerts with. Its store is a cache of the log and can be thrown away."""
