package io.xiaoer.session.shop;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.LargestBody;
import io.xiaoer.common.rest.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// A merchant's own shop.
@RestController
@RequestMapping("/api/v1/shop")
class ShopController {
    private final Shops shops;

    ShopController(Shops shops) {
        this.shops = shops;
    }

    @GetMapping
    Answer<Resource<ShopResource>> get(Caller caller) {
        return ShopResource.answer(shops.find(caller.requireShop()).orElseThrow(ShopController::absent));
    }

    @PutMapping
    @LargestBody(ShopWish.LARGEST)
    Answer<Resource<ShopResource>> put(Caller caller, @RequestBody ShopWish wish) {
        return ShopResource.answer(shops.replace(caller.requireShop(), wish).orElseThrow(ShopController::absent));
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such shop");
    }
}
