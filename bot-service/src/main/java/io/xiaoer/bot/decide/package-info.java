/// Deciding what a question gets: one row of sources, each at its stage, asked one after the other until one answers.
/// The order is the stages alone; a source that is not there leaves its stage empty. A source that fails or takes too
/// long loses its own part and nothing else, and a question that no source answers is told so.
@NullMarked
package io.xiaoer.bot.decide;

import org.jspecify.annotations.NullMarked;
