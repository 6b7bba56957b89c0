# The images of Tidewatch's parts, one target each: gateway, poller, streams; and tools, the command line. Each holds the jars
# of its own part only, see NOTICE.
#
#   docker build --target streams --tag tidewatch/streams .
#
# Settings come from the environment (topology-docs/settings.md), logs go to stderr, the user is not root. On SIGTERM, as
# from 'docker stop', a part finishes what it has begun. It ends by itself when only a restart helps: have it restarted.
ARG JDK_IMAGE=eclipse-temurin:17.0.17_10-jdk
ARG JRE_IMAGE=eclipse-temurin:17.0.17_10-jre

FROM ${JDK_IMAGE} AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress --projects poller,ingest-gateway,streams-app,notifier,standalone --also-make \
    -Dmaven.test.skip package
# What each part runs with, in the order of how seldom it changes: the libraries that all parts have, PART/lib with the rest
# of its libraries, and PART/own with our jars.
RUN set -eu; mkdir -p /image/lib; cd /image; set -- poller ingest-gateway streams-app notifier standalone; \
    for part; do \
        mkdir -p "$part/lib" "$part/own"; \
        tr ':' '\n' < "/src/$part/target/classpath" | sort > "$part/jars"; \
        grep '^/src/' "$part/jars" | xargs cp --target-directory="$part/own" "/src/$part"/target/tidewatch-*.jar; \
    done; \
    sort */jars | uniq -c | awk -v parts=$# '$1 == parts && $2 !~ "^/src/" { print $2 }' > shared; \
    xargs cp --target-directory=lib < shared; \
    for part; do \
        grep -v '^/src/' "$part/jars" | grep -v -x -F -f shared | xargs cp --target-directory="$part/lib"; \
    done

# Java's options are in a file, which all entry points name: a heap to fit the container, and the jars. Options of one's
# own go into JDK_JAVA_OPTIONS, which java reads by itself.
FROM ${JRE_IMAGE} AS runtime
RUN groupadd --gid 10001 tidewatch \
    && useradd --uid 10001 --gid tidewatch --no-create-home --home-dir /var/lib/tidewatch tidewatch \
    && install --directory --owner=tidewatch --group=tidewatch /var/lib/tidewatch \
    && mkdir /opt/tidewatch \
    && echo '-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -cp /opt/tidewatch/lib/*' > /opt/tidewatch/java-options
COPY --from=build /image/lib /opt/tidewatch/lib
WORKDIR /var/lib/tidewatch
USER tidewatch

FROM runtime AS part
ENV TIDEWATCH_OPERATIONS_HOST=0.0.0.0 TIDEWATCH_OPERATIONS_PORT=8090
EXPOSE 8090
# The images have no curl, but bash knows TCP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=2m --retries=3 CMD ["bash", "-c", "\
    exec 3<>/dev/tcp/127.0.0.1/$TIDEWATCH_OPERATIONS_PORT \
    && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 \
    && read -r protocol status reason <&3 && [ \"$status\" = 200 ]"]

# Whoever publishes the port decides who reaches it.
FROM part AS gateway
ENV TIDEWATCH_HTTP_HOST=0.0.0.0
EXPOSE 8080
COPY --from=build /image/ingest-gateway/lib /opt/tidewatch/lib
COPY --from=build /image/ingest-gateway/own /opt/tidewatch/lib
ENTRYPOINT ["java", "@/opt/tidewatch/java-options", "io.tidewatch.gateway.GatewayMain"]

FROM part AS poller
COPY --from=build /image/poller/lib /opt/tidewatch/lib
COPY --from=build /image/poller/own /opt/tidewatch/lib
ENTRYPOINT ["java", "@/opt/tidewatch/java-options", "io.tidewatch.poller.PollerMain"]

# Local state is under /var/lib/tidewatch/streams: give it a volume of its own, and a restart takes seconds.
FROM part AS streams
ENV TIDEWATCH_STATE_DIR=/var/lib/tidewatch/streams
RUN mkdir /var/lib/tidewatch/streams
COPY --from=build /image/streams-app/lib /opt/tidewatch/lib
COPY --from=build /image/streams-app/own /opt/tidewatch/lib
ENTRYPOINT ["java", "@/opt/tidewatch/java-options", "io.tidewatch.streams.StreamsMain"]

# As of streams: its state is under /var/lib/tidewatch/notifier.
FROM part AS notifier
ENV TIDEWATCH_STATE_DIR=/var/lib/tidewatch/notifier
RUN mkdir /var/lib/tidewatch/notifier
COPY --from=build /image/notifier/lib /opt/tidewatch/lib
COPY --from=build /image/notifier/own /opt/tidewatch/lib
ENTRYPOINT ["java", "@/opt/tidewatch/java-options", "io.tidewatch.notifier.NotifierMain"]

# The command line: docker run --rm tidewatch/tools topics
FROM runtime AS tools
COPY --from=build /image/standalone/lib /opt/tidewatch/lib
COPY --from=build /image/standalone/own /opt/tidewatch/lib
ENTRYPOINT ["java", "@/opt/tidewatch/java-options", "io.tidewatch.standalone.TidewatchMain"]
CMD ["--help"]
