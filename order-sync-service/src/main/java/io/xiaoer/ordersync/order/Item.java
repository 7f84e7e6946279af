package io.xiaoer.ordersync.order;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One line of an order.
///
/// @param options what was chosen, in the merchant's order (`color` → `blue`)
public record Item(String sku, String title, Map<String, String> options, int quantity, Money unitPrice) {

    private static final int MOST_OPTIONS = 50;
    private static final int LONGEST_OPTION = 256;
    private static final int MOST = 1_000_000;

    public Item {
        sku = Rules.id("sku", sku);
        Rules.text("title", title, 256);
        Rules.size("options", options, options.size(), MOST_OPTIONS);
        options.forEach((name, value) -> {
            Rules.text("options", name, LONGEST_OPTION);
            Rules.optional("options", value, LONGEST_OPTION);
        });
        Rules.range("quantity", quantity, 1, MOST);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
