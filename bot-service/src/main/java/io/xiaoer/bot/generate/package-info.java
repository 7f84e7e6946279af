/// The port where a generative model plugs in. Without one its stage is empty.
@NullMarked
package io.xiaoer.bot.generate;

import org.jspecify.annotations.NullMarked;
