/// What every call passes first and last: ids, the headers that callers may not send, the access log, and problems for
/// whatever the gateway itself cannot do.
@NullMarked
package io.xiaoer.gateway.web;

import org.jspecify.annotations.NullMarked;
