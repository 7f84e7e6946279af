/// What a text may mean in a shop: which dialogs it may start and which FAQ entries it may ask for. Models that ship
/// inside jars give the vectors, a classifier per shop is trained in the background. Nothing here answers.
@NullMarked
package io.xiaoer.bot.understand;

import org.jspecify.annotations.NullMarked;
