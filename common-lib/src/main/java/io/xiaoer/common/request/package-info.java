/// The thread that runs through one call: `X-Request-ID` and W3C `traceparent`, taken or made at the first door,
/// answered, logged and handed on over HTTP and Kafka.
///
/// [io.xiaoer.common.request.RequestIds] gives the current ids to whoever makes a call or a record; services on
/// servlets import [io.xiaoer.common.request.RequestConfiguration], which also writes the access log.
@NullMarked
package io.xiaoer.common.request;

import org.jspecify.annotations.NullMarked;
