package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandAnswers;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.Commands;
import io.xiaoer.ordersync.command.NewCommand;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes the order to give a shopper a coupon.
@RestController
class CouponCommandController {
    private static final int MOST = 64;

    private final Commands commands;

    CouponCommandController(Commands commands) {
        this.commands = commands;
    }

    /// The body of the command.
    record IssueRequest(String userId, String templateId) {}

    @PostMapping("/api/v1/commands/coupons")
    ResponseEntity<Answer<Resource<CommandView>>> issue(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody IssueRequest request) {
        var shop = caller.requireShop();
        var idempotencyKey = IdempotencyKey.parse(key);
        if (!UserKey.isUserId(request.userId())) {
            throw ProblemException.invalid("user_id", "must have 1 to 64 printable characters");
        }
        check("template_id", request.templateId());
        var command = new NewCommand(
                IssueCoupon.KIND, request.userId(), Map.of(IssueCoupon.TEMPLATE_ID, request.templateId()));
        return CommandAnswers.accepted(commands.accept(shop, idempotencyKey, caller.subject(), command));
    }

    private static void check(String field, String value) {
        if (value.isBlank()
                || value.codePointCount(0, value.length()) > MOST
                || value.codePoints().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(field, "must have 1 to 64 printable characters");
        }
    }
}
