package io.xiaoer.session.token;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Publishes the suite's public keys.
@RestController
class KeySetController {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Map<String, Object> published;

    KeySetController(SuiteKeys keys) {
        this.published = keys.published();
    }

    @GetMapping(path = "/oauth2/jwks", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(published);
    }
}
