package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What the endpoints take from a request, and how they answer one. */
public final class Requests {
    public static final String JSON = "application/json";

    /** When whoever got a 503 may come again. */
    public static final String RETRY_AFTER_SECONDS = "5";

    /** The longest body, and the longest that a compressed one may become. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** Rackspace's tenants may have a colon in the middle, such as {@code hybrid:000000}. */
    private static final Pattern TENANT_ID = Pattern.compile("(?=.{1,64}$)[-.\\w]+(:[-.\\w]+)?");

    private static final int MAX_WARNING_CHARS = 1000;
    private static final String TRANSACTION_ID = "transaction-id";

    private Requests() {}

    /**
     * @throws Fault when the path's tenant is none
     */
    public static String tenantId(Context ctx) {
        String tenantId = ctx.pathParam("tenantId");
        if (!TENANT_ID.matcher(tenantId).matches()) {
            throw Fault.badField(
                    "tenantId",
                    "has to be 1 to 64 letters, digits, '.', '_' and '-', with at most one colon between them");
        }
        return tenantId;
    }

    /**
     * The body, inflated where it is compressed.
     *
     * @throws Fault when the body is declared to be something else than JSON, plain or with gzip, or is too long when inflated
     * @throws io.javalin.http.ContentTooLargeResponse when it is too long as it came
     */
    public static byte[] jsonBody(Context ctx) {
        String contentType = ctx.header("Content-Type");
        if (contentType != null && !isJson(contentType)) {
            throw new Fault(
                    FaultType.UNSUPPORTED_MEDIA_TYPE,
                    "The body has to be " + JSON + ", and its Content-Type has to say so",
                    Map.of("content_type", contentType));
        }
        String encoding = Objects.requireNonNullElse(ctx.header("Content-Encoding"), "identity");
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity" -> ctx.bodyAsBytes();
            case "gzip", "x-gzip" -> inflate(ctx.bodyAsBytes());
            default ->
                throw new Fault(
                        FaultType.UNSUPPORTED_MEDIA_TYPE,
                        "The body has to come without Content-Encoding, or with gzip",
                        Map.of("content_encoding", encoding));
        };
    }

    /** The absolute URL that was asked for, without query and closing slash. */
    public static String url(Context ctx) {
        String url = ctx.url();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Warns in a header, which takes printable ASCII only, and not without a limit. */
    public static void warn(Context ctx, String warning) {
        String ascii = warning.replaceAll("[^ -~]", "?");
        ctx.header(
                "X-Warning",
                ascii.length() <= MAX_WARNING_CHARS ? ascii : ascii.substring(0, MAX_WARNING_CHARS) + "...");
    }

    public static void answer(Context ctx, int status, JsonNode body) {
        ctx.status(status).contentType(JSON).result(Json.bytes(body));
    }

    /** Gives the request an id, which every answer carries in its header and an error also in its body. */
    public static void begin(Context ctx, String transactionId) {
        ctx.attribute(TRANSACTION_ID, transactionId);
        ctx.header("X-Response-Id", transactionId);
    }

    public static String transactionId(Context ctx) {
        String id = ctx.attribute(TRANSACTION_ID);
        return id == null ? "" : id;
    }

    /** No more is inflated than a body may have: a small one may become very large. */
    private static byte[] inflate(byte[] compressed) {
        byte[] body;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            body = in.readNBytes(MAX_BODY_BYTES + 1);
        } catch (IOException e) {
            throw Fault.badRequest("The body is not in the format gzip: " + e.getMessage());
        }
        if (body.length > MAX_BODY_BYTES) {
            throw Fault.tooLarge(MAX_BODY_BYTES);
        }
        return body;
    }

    private static boolean isJson(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip();
        return mediaType.toLowerCase(Locale.ROOT).equals(JSON);
    }
}
