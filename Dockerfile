# The images of Tidewatch's parts, one target each: gateway, poller, streams, tools.
#
#   docker build --target streams --tag tidewatch/streams .
#
# Settings come from the environment (topology-docs/settings.md), logs go to stdout, the user is not root. On SIGTERM, as
# from 'docker stop', a part finishes what it has begun.
ARG JDK_IMAGE=eclipse-temurin:17.0.15_6-jdk
ARG JRE_IMAGE=eclipse-temurin:17.0.15_6-jre

FROM ${JDK_IMAGE} AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress --projects standalone --also-make -DskipTests package \
    && mkdir -p /image/lib \
    && tr ':' '\n' < standalone/target/classpath | xargs cp --target-directory=/image/lib \
    && cp standalone/target/tidewatch-standalone-*.jar /image/lib

FROM ${JRE_IMAGE} AS runtime
RUN groupadd --gid 10001 tidewatch \
    && useradd --uid 10001 --gid tidewatch --no-create-home --home-dir /var/lib/tidewatch tidewatch \
    && install --directory --owner=tidewatch --group=tidewatch /var/lib/tidewatch
COPY --from=build /image /opt/tidewatch
WORKDIR /var/lib/tidewatch
USER tidewatch
# A heap to fit the container. Options of one's own go into JDK_JAVA_OPTIONS, which java reads by itself.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
    "-cp", "/opt/tidewatch/lib/*", "io.tidewatch.standalone.TidewatchMain"]

FROM runtime AS part
ENV TIDEWATCH_OPERATIONS_PORT=8090
EXPOSE 8090
# The images have no curl, but bash knows TCP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=2m --retries=3 CMD ["bash", "-c", "\
    exec 3<>/dev/tcp/127.0.0.1/$TIDEWATCH_OPERATIONS_PORT \
    && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 \
    && read -r protocol status reason <&3 && [ \"$status\" = 200 ]"]

FROM part AS gateway
EXPOSE 8080
CMD ["gateway"]

FROM part AS poller
CMD ["poller"]

# Local state is under /var/lib/tidewatch/streams: give it a volume of its own, and a restart takes seconds.
FROM part AS streams
ENV TIDEWATCH_STATE_DIR=/var/lib/tidewatch/streams
RUN mkdir /var/lib/tidewatch/streams
CMD ["streams"]

# The command line: docker run --rm tidewatch/tools topics
FROM runtime AS tools
CMD ["--help"]
