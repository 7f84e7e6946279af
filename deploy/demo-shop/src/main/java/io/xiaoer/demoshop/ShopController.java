package io.xiaoer.demoshop;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/// What the page asks its own backend. A real shop would log people in here; the demo lets a visitor pick a buyer.
@RestController
class ShopController {

    private static final Logger LOGGER = LoggerFactory.getLogger(ShopController.class);

    private final DemoShopProperties shop;
    private final XiaoerClient xiaoer;

    ShopController(DemoShopProperties shop, XiaoerClient xiaoer) {
        this.shop = shop;
        this.xiaoer = xiaoer;
    }

    @GetMapping({"/", "/demo/"})
    ResponseEntity<Void> home() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/demo"))
                .build();
    }

    @GetMapping("/demo/api/shop")
    Map<String, Object> shop() {
        return Map.of("shop_id", shop.shopId(), "chat_url", shop.xiaoerUrl().toString(), "buyers", xiaoer.buyers(8));
    }

    /// Vouches for a buyer. The page gets the token alone, in a body that nothing caches.
    @PostMapping("/demo/api/login")
    ResponseEntity<Map<String, Object>> login(@RequestBody Map<String, String> login) {
        var token = chatToken(login.get("user_id"));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(Map.of(
                        "token", token.path("token").asString(),
                        "expires_in", token.path("expires_in").asLong()));
    }

    /// Which ids there can be is the suite's to say.
    private JsonNode chatToken(@Nullable String userId) {
        try {
            if (userId != null && !userId.isBlank()) {
                return xiaoer.chatToken(userId);
            }
        } catch (HttpClientErrorException.BadRequest refused) {
            LOGGER.atDebug().log("the suite takes no such user_id");
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "user_id must be 1 to 64 printable characters");
    }

    @ExceptionHandler(RestClientException.class)
    ProblemDetail suiteAway(RestClientException failure) {
        LOGGER.atWarn().addKeyValue("cause", failure.getClass().getSimpleName()).log("the suite did not answer");
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "Xiaoer does not answer. Is it up?");
    }
}
