package io.xiaoer.common.event;

/// The topics of the suite. Partitions, retention and owner of each stand in `topics.properties`.
public enum Topic {
    /// Questions for the bot, keyed by user.
    BOT_QUERY(Names.BOT_QUERY),
    /// Every stored message, keyed by user: the record that the archive and webhooks follow.
    CS_MESSAGE(Names.CS_MESSAGE),
    /// What happens to sessions, keyed by user.
    CS_SESSION(Names.CS_SESSION),
    /// Commands of merchants, keyed by the command's id.
    COMMERCE_COMMAND(Names.COMMERCE_COMMAND),
    /// What happened to orders, coupons and commands, keyed by the aggregate's id.
    COMMERCE_EVENT(Names.COMMERCE_EVENT),
    /// Orders of platforms that could not be taken, to be tried again, keyed by the platform's id.
    COMMERCE_SOURCE(Names.COMMERCE_SOURCE),
    /// Settings of shops, compacted, keyed by shop.
    SHOP_SETTINGS(Names.SHOP_SETTINGS);

    /// The suffix of the topic where what cannot be processed is parked.
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    private final String topic;

    Topic(String topic) {
        this.topic = topic;
    }

    /// The name in Kafka.
    public String topic() {
        return topic;
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
