package io.xiaoer.common.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The written form of a person.
class UserKeyTest {

    private static final ShopId SHOP = new ShopId("1001");

    @ParameterizedTest
    @ValueSource(strings = {"james_li_5688", "张三", "a b+c%20", "x}y{z:1", "emoji🙂", "o'neil|\\\""})
    void aTagIsReadBackAsTheSamePerson(String id) {
        var user = new UserKey(SHOP, UserKey.Kind.USER, id);

        assertThat(UserKey.parse(user.tag())).isEqualTo(user);
        assertThat(user.tag()).matches("1001:u\\.[A-Za-z0-9._@%-]+");
    }

    @Test
    void aGuestAndAUserOfTheSameNameDiffer() {
        assertThat(new UserKey(SHOP, UserKey.Kind.GUEST, "7").tag()).isEqualTo("1001:g.7");
        assertThat(new UserKey(SHOP, UserKey.Kind.USER, "7").slot()).isEqualTo("{1001:u.7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a\nb", "\u0000", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anIdOutOfFormIsRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserKey(SHOP, UserKey.Kind.USER, id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "\u0085",
                "x\u2028y",
                "\u2029",
                "\ud800",
                "\uffff",
                "\u200b",
                "a\u200bb",
                "\u202ex",
                "\u00ad",
                "\ufeff",
                "\ue000",
                "\udbc0\udc00",
                "\udb40\udc41"
            })
    void nobodyIsCalledWhatDoesNotPrint(String id) {
        assertThat(UserKey.mayBeGiven(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"james_li_5688", "张三", "a b+c%20", "emoji🙂", "नमस्ते", "e\u0301"})
    void whatPrintsMayBeGiven(String id) {
        assertThat(UserKey.mayBeGiven(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u200bb", "\u00ad", "\ue000"})
    void whoWasCalledOtherwiseBeforeIsReadBackAllTheSame(String id) {
        var user = new UserKey(SHOP, UserKey.Kind.USER, id);

        assertThat(UserKey.parse(user.tag())).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "a_b", "123456789012345678901234567890123"})
    void aShopOutOfFormIsRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShopId(id));
    }
}
