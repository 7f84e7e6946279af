package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.event.ShopSettings.HoursOfService;
import io.xiaoer.common.event.ShopSettings.Limits;
import io.xiaoer.common.event.ShopSettings.Opening;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Category;
import io.xiaoer.common.event.ShopSettings.SourceDeadlines;
import io.xiaoer.common.id.ShopId;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a shop may set, and that it crosses Kafka unchanged.
class ShopSettingsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T04:00:00Z");

    @Test
    void settingsSurviveTheRoadThroughKafka() {
        var settings = new ShopSettings(
                "1001",
                7,
                List.of("https://shop.example", "http://localhost:8090"),
                List.of("img.shop.example"),
                new HoursOfService("Asia/Shanghai", List.of(new Opening(DayOfWeek.MONDAY, "09:00", "18:30"))),
                "您好",
                new Limits(30, 500),
                new SourceDeadlines(100, 200, 300, 400),
                80,
                new ShopSettings.HandOff(
                        ShopSettings.HandOff.Assignment.MANUAL, 0, 9, 60, ShopSettings.HandOff.WhenUnsure.NEVER),
                new SensitiveWords(
                        List.of(new Category("rivals", Action.FLAG, true, List.of("某宝", "shop-x"))), List.of("宝贝")),
                NOW);

        var bytes = EventJson.encode(settings);

        assertThat(EventJson.decode(bytes, ShopSettings.class)).isEqualTo(settings);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .contains("\"shop_id\":\"1001\"", "\"price_floor_percent\":80", "\"order_ms\":100", "\"time_zone\"")
                .doesNotContain("\"shop\":");
    }

    @Test
    void aShopThatSetNothingIsAlwaysOpen() {
        var defaults = ShopSettings.defaults(new ShopId("1001"), NOW);

        assertThat(defaults.hoursOfService().isOpen(NOW)).isTrue();
        assertThat(EventJson.decode(EventJson.encode(defaults), ShopSettings.class))
                .isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T00:59:00Z, false", // Friday 08:59 in Shanghai
        "2026-11-20T01:00:00Z, true",
        "2026-11-20T09:59:00Z, true",
        "2026-11-20T10:00:00Z, false",
        "2026-11-21T14:00:00Z, true", // Saturday 22:00
        "2026-11-21T17:59:00Z, true", // Sunday 01:59
        "2026-11-21T18:00:00Z, false"
    })
    void hoursAreThoseOfTheShopsOwnClockAndMayPassMidnight(Instant at, boolean open) {
        var hours = new HoursOfService(
                "Asia/Shanghai",
                List.of(
                        new Opening(DayOfWeek.FRIDAY, "09:00", "18:00"),
                        new Opening(DayOfWeek.SATURDAY, "22:00", "02:00")));

        assertThat(hours.isOpen(at)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T00:59:00Z, 2026-11-20T01:00:00Z", // Friday 08:59 in Shanghai
        "2026-11-20T05:00:00Z, 2026-11-20T05:00:00Z", // open
        "2026-11-20T10:00:00Z, 2026-11-21T14:00:00Z", // Friday 18:00, until Saturday 22:00
        "2026-11-21T18:00:00Z, 2026-11-27T01:00:00Z" // Sunday 02:00, until the next Friday
    })
    void theNextOpeningIsToldFromTheShopsOwnClock(Instant at, Instant opens) {
        var hours = new HoursOfService(
                "Asia/Shanghai",
                List.of(
                        new Opening(DayOfWeek.FRIDAY, "09:00", "18:00"),
                        new Opening(DayOfWeek.SATURDAY, "22:00", "02:00")));

        assertThat(hours.opensAt(at)).isEqualTo(opens);
        assertThat(HoursOfService.ALWAYS.opensAt(at)).isEqualTo(at);
    }

    @Test
    void aCopyThatIsOlderThanTheRulesOfHandOffHasTheirDefaults() {
        var defaults = ShopSettings.defaults(new ShopId("1001"), NOW);
        var older = new String(EventJson.encode(defaults), StandardCharsets.UTF_8)
                .replaceAll("\"hand_off\":\\{[^}]*},?", "");

        assertThat(older).doesNotContain("hand_off");
        assertThat(EventJson.decode(older.getBytes(StandardCharsets.UTF_8), ShopSettings.class))
                .isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource({"https://shop.example/path", "shop.example", "https://*.example", "https://SHOP.example", "null", "''"})
    void whatIsNoOriginIsRefused(String origin) {
        assertThatThrownBy(() -> withOrigins(List.of(origin))).hasMessageContaining("origins must be");
    }

    @Test
    void moreThanFiftyOriginsAreRefused() {
        var many = java.util.stream.IntStream.range(0, 51)
                .mapToObj(i -> "https://s" + i)
                .toList();

        assertThatThrownBy(() -> withOrigins(many)).hasMessageContaining("at most 50");
    }

    @Test
    void anUnknownTimeZoneIsRefused() {
        assertThatThrownBy(() -> new HoursOfService("Mars/Olympus", List.of())).hasMessageContaining("time_zone");
    }

    @Test
    void aLimitOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> new ShopSettings.HandOff(
                        ShopSettings.HandOff.Assignment.MANUAL, 3601, 1, 60, ShopSettings.HandOff.WhenUnsure.NEVER))
                .hasMessageContaining("hand_off.assign_after_s must be 0 to 3600");
        assertThatThrownBy(() -> new Limits(0, 1)).hasMessageContaining("limits.user_messages_per_minute");
        assertThatThrownBy(() -> new SourceDeadlines(1, 100, 100, 100))
                .hasMessageContaining("source_deadlines.order_ms must be 50 to 5000");
    }

    @Test
    void wordsHaveTheirRules() {
        assertThatThrownBy(() -> new Category("Rivals", Action.MASK, false, List.of()))
                .hasMessageContaining("sensitive_words.categories.name must be 1 to 32");
        assertThatThrownBy(() -> new Category("rivals", Action.MASK, true, List.of()))
                .hasMessageContaining("sensitive_words.categories.hand_off must be false");
        for (String bad : List.of("", "a", "?!", "。一", "x".repeat(41))) {
            assertThatThrownBy(() -> new Category("rivals", Action.MASK, false, List.of(bad)))
                    .as(bad)
                    .hasMessageContaining("sensitive_words.categories.words must be of at least 2 letters");
            assertThatThrownBy(() -> new SensitiveWords(List.of(), List.of(bad)))
                    .hasMessageContaining("sensitive_words.allowed must be of at least 2 letters");
        }
        var words = IntStream.range(0, 1001).mapToObj(i -> "word" + i).toList();
        assertThatThrownBy(() -> new SensitiveWords(
                        List.of(
                                new Category("a", Action.MASK, false, words),
                                new Category("b", Action.MASK, false, words)),
                        List.of()))
                .hasMessageContaining("sensitive_words.categories.words must be at most 2000");
        assertThatThrownBy(() -> new SensitiveWords(List.of(), words))
                .hasMessageContaining("sensitive_words.allowed must be at most 500");
        var twice = new Category("a", Action.MASK, false, List.of());
        assertThatThrownBy(() -> new SensitiveWords(List.of(twice, twice), List.of()))
                .hasMessageContaining("sensitive_words.categories.name must be given once");
    }

    private static ShopSettings withOrigins(List<String> origins) {
        return new ShopSettings(
                "1001",
                1,
                origins,
                List.of(),
                HoursOfService.ALWAYS,
                "",
                Limits.DEFAULTS,
                SourceDeadlines.DEFAULTS,
                50,
                ShopSettings.HandOff.DEFAULTS,
                SensitiveWords.NONE,
                NOW);
    }
}
