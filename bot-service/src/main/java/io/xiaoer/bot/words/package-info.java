/// Words in either direction: which language they are in, their plain form for comparison, what the bot itself says
/// in each language, and the filter that looks over what leaves. Nothing here knows what an answer is about.
@NullMarked
package io.xiaoer.bot.words;

import org.jspecify.annotations.NullMarked;
