/// What operators see at one look: shops, open sessions by owner, questions that wait. Figures are counted at the
/// moment of the call and no further than a bound, so that the look costs the same however much there is. And what
/// Prometheus sees of Redis: how full it is.
@NullMarked
package io.xiaoer.session.overview;

import org.jspecify.annotations.NullMarked;
