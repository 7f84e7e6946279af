/// What a service cannot start without is asked for before anything of it starts: all that is missing is named at once,
/// with what to do.
@NullMarked
package io.xiaoer.common.setting;

import org.jspecify.annotations.NullMarked;
