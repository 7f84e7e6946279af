package io.xiaoer.drills.command;

import com.alibaba.fastjson2.JSONObject;

/// One command: what is asked under one key, and how that must end.
///
/// @param shopper who is told; empty for what concerns none
/// @param subject the order, template, article or lock that it is about
/// @param amount the price or the quantity, of a kind that has one
record Wish(Kind kind, String key, String shopper, String subject, long amount, End end, JSONObject body) {

    /// A kind of command and its path below `/api/v1/commands/`.
    enum Kind {
        COUPON("coupons"),
        PRICE("prices"),
        LOCK("inventory-locks"),
        RELEASE("inventory-releases"),
        AFTER_SALE("after-sales"),
        ADDRESS("addresses"),
        CANCELLATION("cancellations");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        String path() {
            return "/api/v1/commands/" + path;
        }
    }

    /// How it must end.
    enum End {
        APPLIED,
        FAILED,
        /// As long as there is enough.
        WHILE_STOCK_LASTS;

        boolean allows(String status) {
            return switch (this) {
                case APPLIED -> status.equals("applied");
                case FAILED -> status.equals("failed");
                case WHILE_STOCK_LASTS -> status.equals("applied") || status.equals("failed");
            };
        }
    }

    /// The card, or the notice, by which the shopper learns that it was applied.
    String told() {
        return switch (kind) {
            case COUPON -> "\"card\":\"coupon\"";
            case PRICE, CANCELLATION -> "\"card\":\"order_list\"";
            case AFTER_SALE -> "\"card\":\"after_sale\"";
            case ADDRESS -> "\"code\":\"address_changed\"";
            case LOCK, RELEASE -> "";
        };
    }
}
