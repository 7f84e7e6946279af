package io.xiaoer.bot.order;

import org.jspecify.annotations.Nullable;

/// A question about orders, as far as its words tell.
///
/// @param topic what is asked
/// @param number an order or tracking number that was named, null if none was
record OrderAsk(Topic topic, @Nullable String number) {

    /// What may be asked about an order.
    enum Topic {
        /// Where the parcel is, whether it was sent, when it comes.
        PARCEL,
        /// How far a refund or another after-sale is.
        REFUND,
        /// Which orders there are.
        ORDERS
    }
}
