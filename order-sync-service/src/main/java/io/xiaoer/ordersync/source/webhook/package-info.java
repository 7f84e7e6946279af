/// Any sender that signs its calls as Standard Webhooks has it and tells orders in the forms of this service: the way
/// for a platform that has no adapter, and the smallest example of one.
@NullMarked
package io.xiaoer.ordersync.source.webhook;

import org.jspecify.annotations.NullMarked;
