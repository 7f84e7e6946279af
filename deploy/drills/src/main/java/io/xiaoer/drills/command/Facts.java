package io.xiaoer.drills.command;

import java.util.List;
import java.util.Map;

/// What the shop has of what the commands worked on, by its public interface.
///
/// @param orders by id
record Facts(Template template, Stock shelf, Stock held, Map<String, Order> orders) {

    /// @param stock how many are left
    record Template(long stock, long issued) {}

    /// Of an article.
    record Stock(long onHand, long locked, long available) {}

    /// @param phone masked
    /// @param afterSales their ids
    record Order(String status, long total, String phone, List<String> afterSales) {}
}
