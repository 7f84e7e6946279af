package io.xiaoer.ordersync.order;

import java.util.regex.Pattern;

/// An amount in the smallest unit of its currency.
///
/// @param amountMinor not negative
/// @param currency    three capital letters (ISO 4217)
public record Money(long amountMinor, String currency) {

    private static final long MOST = 1_000_000_000_000_000L;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        Rules.range("amount_minor", amountMinor, 0, MOST);
        Rules.require(currency, CURRENCY.matcher(currency).matches(), "currency", "must be three capital letters");
    }
}
