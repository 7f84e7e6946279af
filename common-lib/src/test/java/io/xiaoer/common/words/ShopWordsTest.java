package io.xiaoer.common.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Category;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// What becomes of messages by the lists of their shops.
@ExtendWith(OutputCaptureExtension.class)
class ShopWordsTest {

    private static final ShopId SHOP = new ShopId("1001");
    private static final ShopId OTHER = new ShopId("1002");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShopWords words = new ShopWords(meters);

    @Test
    void theActionOfACategoryDecides() {
        learn(
                1,
                category("masked", Action.MASK, "红苹果"),
                category("flagged", Action.FLAG, "青苹果"),
                category("logged", Action.LOG, "黄苹果"),
                category("blocked", Action.BLOCK, "黑苹果"));

        assertThat(words.check(SHOP, text("一个红苹果"))).isEqualTo(new ShopWords.Verdict(text("一个***"), List.of(), false));
        assertThat(words.check(SHOP, text("一个青苹果")))
                .isEqualTo(new ShopWords.Verdict(text("一个青苹果"), List.of("flagged"), false));
        assertThat(words.check(SHOP, text("一个黄苹果"))).isEqualTo(new ShopWords.Verdict(text("一个黄苹果"), List.of(), false));
        assertThat(words.check(SHOP, text("一个黑苹果"))).isEqualTo(new ShopWords.Verdict(text("一个***"), List.of(), true));
        assertThat(words.check(SHOP, text("一个苹果"))).isNull();
        assertThat(words.check(OTHER, text("一个黑苹果"))).isNull();
    }

    @Test
    void theTextsOfEveryKindOfContentAreLookedOverAndPayloadsAreNot() {
        var choice = new Content.Choice("赌博吗", null, List.of(new Content.Option("色情", "色情", null)));
        var action = new Content.Action("赌博", "赌博");
        var card = new Content.Card("order", "赌博", Map.of("title", "赌博"));

        assertThat(words.check(SHOP, choice))
                .extracting(ShopWords.Verdict::content)
                .isEqualTo(new Content.Choice("**吗", null, List.of(new Content.Option("**", "色情", null))));
        assertThat(words.check(SHOP, action))
                .extracting(ShopWords.Verdict::content)
                .isEqualTo(new Content.Action("赌博", "**"));
        assertThat(words.check(SHOP, card))
                .extracting(ShopWords.Verdict::content)
                .isEqualTo(new Content.Card("order", "**", Map.of("title", "赌博")));
        assertThat(words.check(SHOP, new Content.Image("https://img.example/赌博.png")))
                .isNull();
    }

    @Test
    void whatTouchesPeopleIsHandedOffWhereTheCategorySaysSo() {
        assertThat(words.handsOff(SHOP, "我要报警了")).isTrue();
        assertThat(words.handsOff(SHOP, "我要退货")).isFalse();
        learn(1, category("risk", Action.OFF), new Category("vip", Action.LOG, true, List.of("大客户")));
        assertThat(words.handsOff(SHOP, "我要报警了")).isFalse();
        assertThat(words.handsOff(SHOP, "我是大客户")).isTrue();
        assertThat(words.handsOff(OTHER, "我要报警了")).isTrue();
    }

    @Test
    void aPlantThatDoesNotWantToLiveTouchesNobody() {
        assertThat(words.handsOff(SHOP, "我的花不想活了")).isFalse();
        assertThat(words.handsOff(SHOP, "新买的绿萝活不下去了，怎么办")).isFalse();
        assertThat(words.check(SHOP, new Content.Text("我的花不想活了"))).isNull();
        assertThat(words.handsOff(SHOP, "我不想活了")).isTrue();
        assertThat(words.handsOff(SHOP, "我的花不想活了，我也不想活了")).isTrue();
        assertThat(words.handsOff(SHOP, "没钱花不想活了")).isTrue();
        assertThat(words.handsOff(SHOP, "没有我的猫不想活了")).isTrue();
    }

    @Test
    void aBuiltInWordThatTheShopUsesItselfIsLetBe() {
        var asked = ShopWords.wordsIn("毒 品检测试纸怎么用，大麻籽油呢");
        learn(1, category("own", Action.MASK, "红苹果"));

        assertThat(words.mask(SHOP, "毒品和赌博", _ -> asked)).isEqualTo("毒品和**");
        assertThat(words.mask(SHOP, "红苹果", _ -> ShopWords.wordsIn("红苹果"))).isEqualTo("***");
        assertThat(words.mask(SHOP, "毒品和赌博")).isEqualTo("**和**");
    }

    @Test
    void olderSettingsNeverReplaceNewerOnes() {
        learn(2, category("own", Action.MASK, "红苹果"));
        learn(1, category("own", Action.MASK, "青苹果"));

        assertThat(words.mask(SHOP, "红苹果青苹果")).isEqualTo("***青苹果");
        learn(3);
        assertThat(words.mask(SHOP, "红苹果青苹果")).isEqualTo("红苹果青苹果");
    }

    @Test
    void figuresAndTheLogNameCategoriesAndNeverWords(CapturedOutput output) {
        learn(1, category("fruit", Action.MASK, "红苹果"));
        words.mask(SHOP, "红苹果和红苹果");
        words.check(SHOP, text("赌博"));
        words.report();

        assertThat(found("own", "mask")).isEqualTo(1);
        assertThat(found("gambling", "mask")).isEqualTo(1);
        assertThat(output)
                .contains("Sensitive words were found", "fruit", "1001")
                .doesNotContain("红苹果", "赌博");
        int length = output.length();
        words.report();
        assertThat(output.length()).isEqualTo(length);
    }

    private double found(String category, String action) {
        return meters.get("xiaoer.words.found")
                .tag("category", category)
                .tag("action", action)
                .counter()
                .count();
    }

    private void learn(long version, Category... categories) {
        var defaults = ShopSettings.defaults(SHOP, Instant.EPOCH);
        words.learn(new ShopSettings(
                SHOP.value(),
                version,
                defaults.origins(),
                defaults.imageHosts(),
                defaults.hoursOfService(),
                defaults.greeting(),
                defaults.limits(),
                defaults.sourceDeadlines(),
                defaults.priceFloorPercent(),
                defaults.handOff(),
                new SensitiveWords(List.of(categories), List.of()),
                Instant.EPOCH));
    }

    private static Category category(String name, Action action, String... words) {
        return new Category(name, action, false, List.of(words));
    }

    private static Content text(String text) {
        return new Content.Text(text);
    }
}
