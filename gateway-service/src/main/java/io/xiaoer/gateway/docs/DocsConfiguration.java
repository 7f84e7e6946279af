package io.xiaoer.gateway.docs;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// Serves the documents and their page.
@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
    private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final String OWN_PARTS_ALONE =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /// RFC 8631: where a tool that was given the page finds what it can read.
    private static final String DESCRIPTIONS = "</docs/openapi.json>; rel=\"service-desc\"; type=\"application/json\", "
            + "</docs/asyncapi.json>; rel=\"service-desc\"; type=\"application/json\"";

    @Bean
    RouterFunction<ServerResponse> documents() throws IOException {
        var page = bytes("index.html");
        var routes = RouterFunctions.route()
                .route(read("/docs"), request -> answer(PAGE, page))
                .route(
                        read("/docs/"),
                        request -> ServerResponse.permanentRedirect(URI.create("/docs"))
                                .build());
        for (var part : Map.of("docs.js", SCRIPT, "docs.css", STYLE, "flow.schema.json", SCHEMA)
                .entrySet()) {
            var body = bytes(part.getKey());
            routes.route(read("/docs/" + part.getKey()), request -> answer(part.getValue(), body));
        }
        for (var name : new String[] {"openapi", "asyncapi"}) {
            var document = Document.read(name);
            routes.route(
                            read("/docs/" + name + ".json"),
                            request -> answer(MediaType.APPLICATION_JSON, document.json()))
                    .route(read("/docs/" + name + ".yaml"), request -> answer(YAML, document.yaml()));
        }
        return routes.build();
    }

    /// Who asks for the head alone, as what watches pages and checks links does, is told that there is
    /// one.
    private static RequestPredicate read(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    private static Mono<ServerResponse> answer(MediaType type, byte[] body) {
        return ServerResponse.ok()
                .contentType(type)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.LINK, DESCRIPTIONS)
                .header("Content-Security-Policy", OWN_PARTS_ALONE)
                .header("X-Content-Type-Options", "nosniff")
                .bodyValue(body);
    }

    private static byte[] bytes(String name) throws IOException {
        return new ClassPathResource("docs/" + name).getContentAsByteArray();
    }
}
