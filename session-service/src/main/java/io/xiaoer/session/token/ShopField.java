package io.xiaoer.session.token;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemException;

/// The field `shop_id` of a body, where no token can name the shop.
final class ShopField {
    private ShopField() {}

    /// @throws ProblemException `invalid_request` if it is no shop id
    static ShopId parse(String value) {
        try {
            return new ShopId(value);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("shop_id", "must be 1 to 32 of a-z 0-9 -");
        }
    }
}
