package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.CommandIntake;
import io.xiaoer.ordersync.command.CommandView;
import io.xiaoer.ordersync.command.NewCommand;
import io.xiaoer.ordersync.order.Rules;
import io.xiaoer.ordersync.policy.CompensationCause;
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
    private final CommandIntake intake;

    CouponCommandController(CommandIntake intake) {
        this.intake = intake;
    }

    /// The body of the command.
    ///
    /// @param cause for what it makes up, if it is a compensation
    record IssueRequest(
            String userId, String templateId, @Nullable CompensationCause cause) {
        NewCommand command(ShopId shop) {
            Rules.require(userId, UserKey.mayBeGiven(userId), "user_id", "must have 1 to 64 printable characters");
            var template = Rules.id("template_id", templateId);
            if (cause == null) {
                return new NewCommand(IssueCoupon.KIND, userId, Map.of(IssueCoupon.TEMPLATE_ID, template));
            }
            // One shopper's compensations one after the other: each counts what was given before it.
            return new NewCommand(
                    IssueCoupon.KIND,
                    userId,
                    Map.of(IssueCoupon.TEMPLATE_ID, template, IssueCoupon.CAUSE, cause.code()),
                    shop.value() + ":u:" + userId);
        }
    }

    @PostMapping("/api/v1/commands/coupons")
    ResponseEntity<Answer<Resource<CommandView>>> issue(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody IssueRequest request) {
        Rules.valid(() -> Rules.require(
                request,
                request.cause() != null || !caller.has(Scopes.INTERNAL),
                IssueCoupon.CAUSE,
                "must be named for a shopper"));
        return intake.take(caller, key, request::command);
    }
}
