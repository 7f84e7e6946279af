package io.xiaoer.common.id;

import java.util.regex.Pattern;

/// A shop, the tenant of everything: 1 to 32 characters of `a-z0-9-`.
///
/// @param value the id as the shop's owner chose it
public record ShopId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,32}");

    /// @throws IllegalArgumentException if the value is not of the form
    public ShopId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("shop_id must match [a-z0-9-]{1,32}");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
