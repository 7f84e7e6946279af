package io.xiaoer.ordersync.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is asked.
public enum RequestKind {
    URGE("催发货", "to send it soon"),
    INVOICE("开发票", "for an invoice"),
    PRICE_PROTECTION("价保", "for the difference to a lower price");

    private final String chinese;
    private final String english;

    RequestKind(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /// The name in answers and commands.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RequestKind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /// What stands before the outcome in a notice to the shopper.
    String told(String order, String outcome, String outcomeInEnglish) {
        return "订单「%s」的%s申请%s / Your request %s: %s".formatted(order, chinese, outcome, english, outcomeInEnglish);
    }
}
