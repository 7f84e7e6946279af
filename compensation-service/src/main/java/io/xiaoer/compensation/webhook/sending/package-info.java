/// Sending what waits: when, how many at one time, and over which connection.
///
/// A slow or failing endpoint takes a bounded part of the attempts of an instance, and so does a shop; half of them are
/// for endpoints that answer well. An attempt is bounded in time and in what is read of its answer, goes to the address
/// that was checked, and follows no redirect.
@NullMarked
package io.xiaoer.compensation.webhook.sending;

import org.jspecify.annotations.NullMarked;
