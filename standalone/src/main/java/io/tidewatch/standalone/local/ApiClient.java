package io.tidewatch.standalone.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Makes resources of one tenant through the HTTP API, as any client would. */
public final class ApiClient {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String root;

    /** @param root with the tenant, such as {@code http://127.0.0.1:8080/v1.0/acme} */
    public ApiClient(String root) {
        this.root = root;
    }

    /**
     * @param path of the collection, such as {@code /entities}
     * @return the id that the new resource was given
     * @throws IllegalStateException with the API's answer, when it is no
     */
    public String create(String path, Map<String, Object> resource) {
        HttpResponse<String> answer = post(path, resource);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(
                    "POST " + path + " was answered with " + answer.statusCode() + " " + answer.body());
        }
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private HttpResponse<String> post(String path, Map<String, Object> resource) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                    .timeout(ANSWER_WITHIN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(resource)))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not representable in JSON: " + resource, e);
        } catch (IOException e) {
            throw new IllegalStateException("The API at " + root + " did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the API", e);
        }
    }
}
