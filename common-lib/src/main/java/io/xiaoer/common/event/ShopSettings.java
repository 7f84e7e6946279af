package io.xiaoer.common.event;

import com.alibaba.fastjson2.PropertyNamingStrategy;
import com.alibaba.fastjson2.annotation.JSONType;
import io.xiaoer.common.id.ShopId;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// What a shop has set for itself, as every service keeps the last known copy of it.
///
/// @param version grows with each change; an older one never replaces a newer one
/// @param origins the web origins whose pages may connect, `https://shop.example` for example
/// @param imageHosts the hosts that images in messages may stand on
/// @param hoursOfService when people are there
/// @param greeting what a shopper is greeted with; empty for nothing
/// @param priceFloorPercent the lowest price a command may set, in percent of the order's total
/// @param handOff how shoppers come to people
/// @param sensitiveWords what becomes of words that the shop does not want to be said
@JSONType(naming = PropertyNamingStrategy.SnakeCase)
public record ShopSettings(
        String shopId,
        long version,
        List<String> origins,
        List<String> imageHosts,
        HoursOfService hoursOfService,
        String greeting,
        Limits limits,
        SourceDeadlines sourceDeadlines,
        int priceFloorPercent,
        HandOff handOff,
        SensitiveWords sensitiveWords,
        Instant updatedAt) {

    public static final int MOST_ENTRIES = 50;
    public static final int LONGEST_GREETING = 500;
    public static final int DEFAULT_PRICE_FLOOR_PERCENT = 50;

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /// @throws IllegalArgumentException naming the field and its rule
    public ShopSettings {
        shopId = new ShopId(shopId).value();
        origins = list("origins", origins, ORIGIN, "http(s)://host[:port] in lower case, without a path");
        imageHosts = list("image_hosts", imageHosts, HOST, "a host name in lower case");
        require(
                greeting.codePointCount(0, greeting.length()) <= LONGEST_GREETING,
                "greeting",
                "at most " + LONGEST_GREETING + " characters");
        within("price_floor_percent", priceFloorPercent, 0, 100);
        // A copy of an older version has none.
        handOff = handOff == null ? HandOff.DEFAULTS : handOff;
        sensitiveWords = sensitiveWords == null ? SensitiveWords.NONE : sensitiveWords;
    }

    /// What a shop has that has set nothing.
    public static ShopSettings defaults(ShopId shop, Instant now) {
        return new ShopSettings(
                shop.value(),
                0,
                List.of(),
                List.of(),
                HoursOfService.ALWAYS,
                "",
                Limits.DEFAULTS,
                SourceDeadlines.DEFAULTS,
                DEFAULT_PRICE_FLOOR_PERCENT,
                HandOff.DEFAULTS,
                SensitiveWords.NONE,
                now);
    }

    public ShopId shop() {
        return new ShopId(shopId);
    }

    /// The weekly hours in the shop's own time. No opening at all means always.
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record HoursOfService(String timeZone, List<Opening> weekly) {
        public static final String DEFAULT_TIME_ZONE = "Asia/Shanghai";
        public static final HoursOfService ALWAYS = new HoursOfService(DEFAULT_TIME_ZONE, List.of());

        public HoursOfService {
            try {
                var _ = ZoneId.of(timeZone);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "hours_of_service.time_zone must be a zone such as Asia/Shanghai", e);
            }
            weekly = weekly == null ? List.of() : List.copyOf(weekly);
            require(weekly.size() <= MOST_ENTRIES, "hours_of_service.weekly", "at most " + MOST_ENTRIES + " entries");
        }

        /// Whether people are there at this moment.
        public boolean isOpen(Instant at) {
            if (weekly.isEmpty()) {
                return true;
            }
            var local = at.atZone(ZoneId.of(timeZone));
            return weekly.stream().anyMatch(opening -> opening.holds(local.getDayOfWeek(), local.toLocalTime()));
        }

        /// When people are there next: this moment if they are now.
        public Instant opensAt(Instant at) {
            if (isOpen(at)) {
                return at;
            }
            var local = at.atZone(ZoneId.of(timeZone));
            return weekly.stream()
                    .map(opening -> opening.nextStart(local).toInstant())
                    .min(Instant::compareTo)
                    .orElse(at);
        }
    }

    /// One opening of a week, `from` inclusive, `to` exclusive; a `to` not after `from` is of the day after.
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record Opening(DayOfWeek day, String from, String to) {
        private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

        public Opening {
            require(TIME.matcher(from).matches(), "hours_of_service.weekly.from", "HH:mm");
            require(TIME.matcher(to).matches(), "hours_of_service.weekly.to", "HH:mm");
        }

        boolean holds(DayOfWeek weekday, LocalTime time) {
            var start = LocalTime.parse(from);
            var end = LocalTime.parse(to);
            if (start.isBefore(end)) {
                return weekday == day && !time.isBefore(start) && time.isBefore(end);
            }
            return weekday == day && !time.isBefore(start) || weekday == day.plus(1) && time.isBefore(end);
        }

        private ZonedDateTime nextStart(ZonedDateTime after) {
            var start = after.with(TemporalAdjusters.nextOrSame(day)).with(LocalTime.parse(from));
            return start.isAfter(after) ? start : start.plusWeeks(1);
        }
    }

    /// How much one shop takes at a time.
    ///
    /// @param userMessagesPerMinute messages of one shopper in any 60 s, over all devices
    /// @param waitingQuestions from how many waiting questions on the bot is skipped
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record Limits(int userMessagesPerMinute, int waitingQuestions) {
        public static final Limits DEFAULTS = new Limits(60, 10_000);

        public Limits {
            within("limits.user_messages_per_minute", userMessagesPerMinute, 1, 600);
            within("limits.waiting_questions", waitingQuestions, 1, 1_000_000);
        }
    }

    /// How shoppers come to people.
    ///
    /// @param assignment whether who waits is given to an agent, or agents take whom they choose
    /// @param assignAfterS how long one waits to be taken before being given to the least busy agent who is there
    /// @param sessionsPerAgent how many sessions an agent is given; they may take more themselves
    /// @param replyWithinS how long a shopper waits for the agent's next word before being put back into the queue
    /// @param whenUnsure whether the bot passes on a shopper whom it could not answer twice in a row
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record HandOff(
            Assignment assignment, int assignAfterS, int sessionsPerAgent, int replyWithinS, WhenUnsure whenUnsure) {
        public static final HandOff DEFAULTS = new HandOff(Assignment.AUTOMATIC, 30, 5, 300, WhenUnsure.PRESENT);

        /// How a waiting shopper comes to an agent.
        public enum Assignment {
            AUTOMATIC,
            MANUAL
        }

        /// When the bot passes a shopper on without being asked.
        public enum WhenUnsure {
            /// If an agent is there.
            PRESENT,
            ALWAYS,
            NEVER
        }

        public HandOff {
            within("hand_off.assign_after_s", assignAfterS, 0, 3600);
            within("hand_off.sessions_per_agent", sessionsPerAgent, 1, 100);
            within("hand_off.reply_within_s", replyWithinS, 10, 86_400);
        }
    }

    /// A shop's sensitive words, over the built-in ones.
    ///
    /// @param categories what becomes of them; one with a built-in name says what becomes of the built-in words too
    /// @param allowed phrases that are let pass though a word stands in them
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record SensitiveWords(List<Category> categories, List<String> allowed) {
        public static final SensitiveWords NONE = new SensitiveWords(List.of(), List.of());
        public static final int MOST_CATEGORIES = 20;
        public static final int MOST_WORDS = 2000;
        public static final int MOST_ALLOWED = 500;
        public static final int SHORTEST = 2;
        public static final int LONGEST = 40;

        private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

        /// What becomes of a message that holds a word, from the weakest to the strongest.
        public enum Action {
            /// Nothing.
            OFF,
            /// It is counted.
            LOG,
            /// It is stored as it is, and agents are told.
            FLAG,
            /// The word is masked.
            MASK,
            /// The message is refused.
            BLOCK
        }

        public SensitiveWords {
            categories = categories == null ? List.of() : List.copyOf(categories);
            require(
                    categories.size() <= MOST_CATEGORIES,
                    "sensitive_words.categories",
                    "at most " + MOST_CATEGORIES + " entries");
            require(
                    categories.stream().map(Category::name).distinct().count() == categories.size(),
                    "sensitive_words.categories.name",
                    "given once");
            require(
                    categories.stream()
                                    .mapToInt(category -> category.words().size())
                                    .sum()
                            <= MOST_WORDS,
                    "sensitive_words.categories.words",
                    "at most " + MOST_WORDS + " in all categories together");
            allowed = checked("sensitive_words.allowed", allowed);
            require(allowed.size() <= MOST_ALLOWED, "sensitive_words.allowed", "at most " + MOST_ALLOWED + " entries");
        }

        /// Words of one kind.
        ///
        /// @param handOff whether the bot passes on who says one of them; the bot does not see what is masked
        @JSONType(naming = PropertyNamingStrategy.SnakeCase)
        public record Category(String name, Action action, boolean handOff, List<String> words) {

            public Category {
                require(
                        name != null && NAME.matcher(name).matches(),
                        "sensitive_words.categories.name",
                        "1 to 32 of a-z 0-9 _ -");
                require(action != null, "sensitive_words.categories.action", "off, log, flag, mask or block");
                require(
                        !handOff || action == Action.FLAG || action == Action.LOG,
                        "sensitive_words.categories.hand_off",
                        "false where the action is not flag or log");
                words = checked("sensitive_words.categories.words", words);
            }
        }

        private static List<String> checked(String field, List<String> words) {
            if (words == null) {
                return List.of();
            }
            for (var word : words) {
                require(
                        word != null
                                && word.codePointCount(0, word.length()) <= LONGEST
                                && word.codePoints()
                                                .filter(Character::isLetterOrDigit)
                                                .count()
                                        >= SHORTEST,
                        field,
                        "of at least " + SHORTEST + " letters or digits and at most " + LONGEST + " characters each");
            }
            return List.copyOf(new LinkedHashSet<>(words));
        }
    }

    /// How long an answer waits for each of its sources, in milliseconds.
    @JSONType(naming = PropertyNamingStrategy.SnakeCase)
    public record SourceDeadlines(int orderMs, int shipmentsMs, int afterSalesMs, int couponsMs) {
        public static final SourceDeadlines DEFAULTS = new SourceDeadlines(800, 800, 800, 800);
        private static final int SHORTEST = 50;
        private static final int LONGEST = 5000;

        public SourceDeadlines {
            within("source_deadlines.order_ms", orderMs, SHORTEST, LONGEST);
            within("source_deadlines.shipments_ms", shipmentsMs, SHORTEST, LONGEST);
            within("source_deadlines.after_sales_ms", afterSalesMs, SHORTEST, LONGEST);
            within("source_deadlines.coupons_ms", couponsMs, SHORTEST, LONGEST);
        }
    }

    private static List<String> list(String field, List<String> values, Pattern form, String rule) {
        require(values.size() <= MOST_ENTRIES, field, "at most " + MOST_ENTRIES + " entries");
        for (var value : values) {
            require(value != null && form.matcher(value).matches(), field, "a list of " + rule);
        }
        return List.copyOf(new LinkedHashSet<>(values));
    }

    private static void within(String field, int value, int least, int most) {
        require(value >= least && value <= most, field, least + " to " + most);
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(field + " must be " + rule);
        }
    }
}
