package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ResourceTable;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.timeseries.MetricRange;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.gateway.timeseries.StoredText;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.Check;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of a check, and their values over time. Called by the HTTP server's threads. */
public final class MetricEndpoint implements Endpoint {
    private final ResourceTable<Check> checks;
    private final TimeSeries timeSeries;
    private final Clock clock;

    public MetricEndpoint(ResourceTable<Check> checks, TimeSeries timeSeries, Clock clock) {
        this.checks = checks;
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        String metrics = TENANT + "/entities/{entityId}/checks/{checkId}/metrics";
        routes.get(metrics, this::list);
        routes.get(metrics + "/{name}/plot", this::plot);
    }

    private void list(Context ctx) {
        Check check = requireCheck(ctx);
        PageRequest page = QueryParameters.of(ctx).page();
        List<Map.Entry<String, StoredMetric>> metrics =
                metrics(check, page).tailMap(page.marker().orElse(""), true).entrySet().stream()
                        .limit(page.lookAhead())
                        .toList();
        Requests.answer(
                ctx,
                200,
                page.render(
                        metrics, Map.Entry::getKey, metric -> write(metric.getKey(), metric.getValue()), Link.to(ctx)));
    }

    private void plot(Context ctx) {
        MetricName name = requireName(requireCheck(ctx), ctx.pathParam("name"));
        PlotRequest request = PlotRequest.of(QueryParameters.of(ctx), clock.instant());
        // What "now" was has to be the same on every page.
        Link link = Link.to(ctx, "select")
                .with("resolution", request.resolution())
                .with("from", request.range().from().toEpochMilli())
                .with("to", request.range().until().toEpochMilli());
        MetricRange range = new MetricRange(
                name.series(),
                name.metric(),
                request.start(),
                request.range().until(),
                request.page().lookAhead());
        Requests.answer(ctx, 200, plot(name, request, range, link));
    }

    private ObjectNode plot(MetricName name, PlotRequest request, MetricRange range, Link link) {
        Plot plot = Plot.read(timeSeries, request.resolution(), range);
        if (plot.isOfNothing() && !name.isAvailability()) {
            plot = plot.of(requireNew(name));
        }
        PageRequest page = request.page();
        if (plot.isOfText()) {
            ObjectNode changes =
                    page.render(timeSeries.texts(range), text -> marker(text.timestamp()), MetricEndpoint::write, link);
            return describe(changes, null, plot);
        }
        ObjectNode points = page.render(
                plot.points(), point -> marker(point.timestamp()), point -> point.write(request.selected()), link);
        return describe(points, request.resolution().name(), plot);
    }

    /** By name, as the API has it: those of rollups and of the newest results, and the availability, which every check has. */
    private NavigableMap<String, StoredMetric> metrics(Check check, PageRequest page) {
        CheckPath path = CheckPath.of(check);
        List<String> zones = check.getMonitoringZonesPoll().isEmpty() ? List.of("") : check.getMonitoringZonesPoll();
        NavigableMap<String, StoredMetric> metrics = new TreeMap<>();
        Stream.of(
                        zones.stream()
                                .map(zone -> new StoredMetric(
                                        zone, Series.AVAILABILITY, MetricKind.NUMBER, Optional.empty())),
                        newest(zones.stream()
                                .map(zone -> new Series(path, zone))
                                .toList()),
                        rolledUp(path, zones, page))
                .flatMap(Function.identity())
                .forEach(metric -> metrics.put(MetricName.of(metric.zoneId(), metric.name()), metric));
        return metrics;
    }

    /** No more of each zone than the page may need. */
    private Stream<StoredMetric> rolledUp(CheckPath check, List<String> zones, PageRequest page) {
        Map<Series, String> from = new LinkedHashMap<>();
        for (String zone : zones) {
            MetricName.first(zone, page.marker().orElse(""))
                    .ifPresent(first -> from.put(new Series(check, zone), first));
        }
        return timeSeries.metrics(from, page.lookAhead()).stream();
    }

    private Stream<StoredMetric> newest(List<Series> series) {
        return timeSeries.newestMetrics(series, clock.instant()).stream();
    }

    private Check requireCheck(Context ctx) {
        String checkId = ctx.pathParam("checkId");
        return checks.get(ResourcePath.of(Requests.tenantId(ctx), ctx.pathParam("entityId"), checkId))
                .orElseThrow(() -> Fault.notFound(FaultType.PARENT_NOT_FOUND, "Check", checkId));
    }

    /** A metric that nothing is kept of but the newest results. */
    private StoredMetric requireNew(MetricName name) {
        return newest(List.of(name.series()))
                .filter(metric -> metric.name().equals(name.metric()))
                .findFirst()
                .orElseThrow(() ->
                        notFound(name.toString(), name.series().check().checkId(), "has reported no such metric"));
    }

    private static MetricName requireName(Check check, String name) {
        return MetricName.parse(check, name)
                .orElseThrow(() -> notFound(
                        name,
                        check.getCheckId(),
                        "has metrics of the zones " + String.join(", ", check.getMonitoringZonesPoll())
                                + ", and their names begin with the zone and a dot"));
    }

    private static Fault notFound(String name, String checkId, String reason) {
        return new Fault(
                FaultType.NOT_FOUND,
                "Metric " + name + " does not exist: check " + checkId + " " + reason,
                Map.of("object", "Metric", "key", name));
    }

    private static ObjectNode describe(ObjectNode page, @Nullable String resolution, Plot plot) {
        page.withObjectProperty("metadata")
                .put("resolution", resolution)
                .put("unit", plot.unit().orElse(null));
        return page;
    }

    private static ObjectNode write(String name, StoredMetric metric) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", name)
                .put("type", metric.kind().word())
                .put("unit", metric.unit().orElse(null));
    }

    private static ObjectNode write(StoredText text) {
        return Json.MAPPER
                .createObjectNode()
                .put("timestamp", text.timestamp().toEpochMilli())
                .put("text", text.text());
    }

    private static String marker(Instant timestamp) {
        return Long.toString(timestamp.toEpochMilli());
    }
}
