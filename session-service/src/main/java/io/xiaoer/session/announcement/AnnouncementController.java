package io.xiaoer.session.announcement;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.InvalidContent;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// How a merchant speaks to all shoppers who are online. `Idempotency-Key` may be given: with it a repetition says
/// nothing a second time.
@RestController
class AnnouncementController {

    private final Announcements announcements;
    private final ShopDirectory shops;

    AnnouncementController(Announcements announcements, ShopDirectory shops) {
        this.announcements = announcements;
        this.shops = shops;
    }

    /// @param text 1 to 500 code points, as of any message
    record Wish(String text) {
        Wish {
            try {
                Content.parseSent(Map.of("kind", "text", "text", text), false);
            } catch (InvalidContent e) {
                var code = e.reason() == InvalidContent.Reason.TOO_LONG
                        ? ProblemCode.TOO_LONG
                        : ProblemCode.INVALID_REQUEST;
                String rule = String.valueOf(e.getMessage());
                throw new ProblemException(code, "text " + rule).field("text", rule);
            }
        }
    }

    record Attributes(String text, Instant createdAt) {}

    @PostMapping("/api/v1/announcements")
    ResponseEntity<Answer<Resource<Attributes>>> announce(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String header,
            @RequestBody Wish wish) {
        var shop = caller.requireShop();
        shops.require(shop);
        try {
            var made = announcements.publish(shop, wish.text(), header == null ? null : IdempotencyKey.parse(header));
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .body(Answer.of(new Resource<>(made.id(), "announcement", new Attributes(wish.text(), made.at()))));
        } catch (DataAccessException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Nobody can be reached at the moment, try again", e)
                    .header("Retry-After", "1");
        }
    }
}
