package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where a merchant keeps coupon templates.
@RestController
@RequestMapping("/api/v1/coupon-templates/{id}")
class CouponTemplateController {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final CouponTemplates templates;

    CouponTemplateController(CouponTemplates templates) {
        this.templates = templates;
    }

    @PutMapping
    ResponseEntity<Answer<Resource<CouponTemplateView>>> put(
            Caller caller, @PathVariable String id, @RequestBody CouponTemplateRequest request) {
        if (!ID.matcher(id).matches()) {
            throw ProblemException.invalid("id", "must have 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        request.check();
        var put = templates.put(caller.requireShop(), id, request);
        var answer = Answer.of(CouponTemplateView.of(put.template()));
        return put.created()
                ? ResponseEntity.created(URI.create("/api/v1/coupon-templates/" + id))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    @GetMapping
    Answer<Resource<CouponTemplateView>> show(Caller caller, @PathVariable String id) {
        return templates
                .find(caller.requireShop(), id)
                .map(CouponTemplateView::of)
                .map(Answer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such coupon template"));
    }
}
