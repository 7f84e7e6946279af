/// Inventory: what a shop has of its articles, and locks that keep some of it for a time.
///
/// A lock takes from what is available, all of it or nothing, however many commands are applied at once; what is
/// available never falls below zero. A lock ends once, by a release or by its time, and then its quantity is available
/// again. The merchant alone says what is on hand.
@NullMarked
package io.xiaoer.ordersync.inventory;

import org.jspecify.annotations.NullMarked;
