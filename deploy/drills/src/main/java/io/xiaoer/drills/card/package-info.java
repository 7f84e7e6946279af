/// Shoppers who ask where their orders are, beside others who ask what the FAQ knows.
///
/// [io.xiaoer.drills.card.Orders] makes the orders and knows who asks what; [io.xiaoer.drills.card.CardChecker] judges
/// what became of the questions while the service behind the orders was away.
@NullMarked
package io.xiaoer.drills.card;

import org.jspecify.annotations.NullMarked;
