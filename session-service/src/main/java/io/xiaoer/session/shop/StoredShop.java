package io.xiaoer.session.shop;

/// What the table holds of a shop.
sealed interface StoredShop {

    String shopId();

    /// A shop as it may be used.
    record Readable(ShopRow row) implements StoredShop {

        @Override
        public String shopId() {
            return row.settings().shopId();
        }
    }

    /// A shop whose settings break a rule, one that is newer than they are for example.
    ///
    /// @param version of the settings
    /// @param rule that they break
    record Broken(String shopId, long version, String rule) implements StoredShop {}
}
