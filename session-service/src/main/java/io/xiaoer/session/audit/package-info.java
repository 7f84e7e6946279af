/// The record of what was done to whose data: who, when, what, under which request. An entry is written in the
/// transaction of what it tells, so that neither stands without the other.
@NullMarked
package io.xiaoer.session.audit;

import org.jspecify.annotations.NullMarked;
