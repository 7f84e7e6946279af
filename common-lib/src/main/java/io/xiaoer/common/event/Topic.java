package io.xiaoer.common.event;

import java.util.Arrays;
import java.util.Optional;

/// The topics of the suite. Partitions, retention and owner of each stand in `topics.properties`.
public enum Topic {
    /// Questions for the bot, keyed by user.
    BOT_QUERY(Names.BOT_QUERY, BotQuery.class),
    /// Every stored message, keyed by user: the record that the archive and webhooks follow.
    CS_MESSAGE(Names.CS_MESSAGE, MessageStored.class),
    /// What happens to sessions, keyed by user.
    CS_SESSION(Names.CS_SESSION, SessionChanged.class),
    /// Commands of merchants, keyed by the command's id.
    COMMERCE_COMMAND(Names.COMMERCE_COMMAND, CommerceCommand.class),
    /// What happened to orders, coupons and commands, keyed by the aggregate's id.
    COMMERCE_EVENT(Names.COMMERCE_EVENT, CommerceEvent.class),
    /// Orders of platforms that could not be taken, to be tried again, keyed by the platform's id.
    COMMERCE_SOURCE(Names.COMMERCE_SOURCE, PlatformOrder.class),
    /// Settings of shops, compacted, keyed by shop.
    SHOP_SETTINGS(Names.SHOP_SETTINGS, ShopSettings.class);

    /// The suffix of the topic where what cannot be processed is parked.
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    private final String topic;
    private final Class<? extends Record> form;

    Topic(String topic, Class<? extends Record> form) {
        this.topic = topic;
        this.form = form;
    }

    /// The topic of this name, if it is one of the suite.
    public static Optional<Topic> named(String topic) {
        return Arrays.stream(values()).filter(each -> each.topic.equals(topic)).findFirst();
    }

    /// The name in Kafka.
    public String topic() {
        return topic;
    }

    /// What its records are to whoever reads them.
    public Class<? extends Record> form() {
        return form;
    }

    /// Where its dead letters go.
    public String deadLetter() {
        return topic + DEAD_LETTER_SUFFIX;
    }

    /// The names as constants, for annotations.
    public static final class Names {
        public static final String BOT_QUERY = "bot.query";
        public static final String CS_MESSAGE = "cs.message";
        public static final String CS_SESSION = "cs.session";
        public static final String COMMERCE_COMMAND = "commerce.command";
        public static final String COMMERCE_EVENT = "commerce.event";
        public static final String COMMERCE_SOURCE = "commerce.source";
        public static final String SHOP_SETTINGS = "shop.settings";

        private Names() {}
    }
}
