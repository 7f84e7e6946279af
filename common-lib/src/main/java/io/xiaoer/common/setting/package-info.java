/// What a service cannot start without is asked for before anything of it starts: what is missing is named, all of it
/// at
/// all of it at once, with what to do.
@NullMarked
package io.xiaoer.common.setting;

import org.jspecify.annotations.NullMarked;
