/// The FAQ of a shop: kept by its merchant over REST, found by questions. Every instance holds a copy of it in memory
/// and follows changes within a second, so that answers go on without the database. Equal words are found
/// here; finding by meaning is a port.
@NullMarked
package io.xiaoer.bot.faq;

import org.jspecify.annotations.NullMarked;
