package io.xiaoer.bot.dialog.function;

import java.util.Map;

/// What a function returns and a card can show: a record with a component `card`, the card's own fields as the contract
/// lists them (for an item of an `order_list` one of its `orders`).
public interface Shown {

    /// The fields of the card.
    Map<String, Object> card();
}
