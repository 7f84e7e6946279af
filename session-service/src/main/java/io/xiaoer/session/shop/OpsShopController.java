package io.xiaoer.session.shop;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.LargestBody;
import io.xiaoer.common.rest.Resource;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shops as an operator sees them: here they are made.
@RestController
@RequestMapping("/api/v1/ops/shops/{shopId}")
class OpsShopController {
    private final Shops shops;

    OpsShopController(Shops shops) {
        this.shops = shops;
    }

    @GetMapping
    Answer<Resource<ShopResource>> get(@PathVariable String shopId) {
        return ShopResource.answer(shops.find(shop(shopId))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such shop")));
    }

    @PutMapping
    @LargestBody(ShopWish.LARGEST)
    ResponseEntity<Answer<Resource<ShopResource>>> put(@PathVariable String shopId, @RequestBody ShopWish wish) {
        var changed = shops.put(shop(shopId), wish);
        var answer = changed.created()
                ? ResponseEntity.created(URI.create("/api/v1/ops/shops/" + shopId))
                : ResponseEntity.ok();
        return answer.body(ShopResource.answer(changed.row()));
    }

    private static ShopId shop(String shopId) {
        try {
            return new ShopId(shopId);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("shop_id", "must be 1 to 32 of a-z 0-9 -");
        }
    }
}
