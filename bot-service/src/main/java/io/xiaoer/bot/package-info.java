/// bot-service: takes the questions of shoppers from Kafka, lets a row of sources try to answer each, and puts the
/// one outcome into the shopper's log. It keeps a shop's FAQ and nothing of a session but its running dialog.
@NullMarked
package io.xiaoer.bot;

import org.jspecify.annotations.NullMarked;
