package io.xiaoer.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who wants to die is heard; who says so of a plant, of a joke or of what they long for is not.
class DespairTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我想死",
                "我真的好想死",
                "我想死了",
                "想死",
                "好想死啊",
                "不退就算了，我只想死",
                "我想去死",
                "我要去死",
                "痛苦得想死",
                "我想死，怎么办",
                "我想死怎么办",
                "我死了算了",
                "不想活了",
                "我不想活了",
                "没钱花不想活了",
                "我真的不想再活下去了",
                "我活不下去了",
                "我活够了",
                "活着真没意思",
                "人活着还有什么意思",
                "没有活下去的勇气",
                "我想自杀",
                "我想輕生",
                "想结束自己的生命",
                "再不退款我就去跳楼",
                "i want to kill myself",
                "I'm going to kill myself",
                "i want to die",
                "I just really want to die.",
                "wanna die",
                "i don't want to live anymore",
                "I do not want to live",
                "I feel suicidal",
                "i wish i was dead",
                "im thinking about suicide",
                "I will end my life",
                "there is no reason to live",
                "i want to hurt myself"
            })
    void despairIsHeard(String text) {
        assertThat(Despair.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "笑死我了",
                "累死了",
                "急死了",
                "急死我了，快点发货",
                "想死你们了",
                "我想死你了",
                "好想死这件衣服了",
                "把我想死了",
                "等快递等得我想死",
                "螃蟹活着有什么意思",
                "i would rather die than use it",
                "did you take my life jacket",
                "我想死心了",
                "笑得我想死",
                "我的花想死了",
                "我的花好想死",
                "我的多肉不想活了",
                "我的花不想活了",
                "这鱼活不下去了怎么办",
                "花死了算了",
                "便宜死了",
                "丑死了，退货",
                "我不想死",
                "等死我了",
                "我要去死海玩，防晒霜有吗",
                "我要去死皮的磨砂膏",
                "我要跳楼价的那款",
                "自杀小队的手办",
                "想要轻生活的杯子",
                "年轻生日礼物",
                "死活不发货",
                "dying to get it",
                "I am dying to try it",
                "i want to die laughing",
                "i want to die my hair",
                "want to dye this shirt",
                "my plants want to die",
                "i don't want to die of thirst",
                "the battery died",
                "i could kill for this bag",
                "i assembled it myself",
                "suicide squad poster",
                "i want to end my subscription",
                "it makes my life easier"
            })
    void whatOnlySoundsLikeItIsLetBe(String text) {
        assertThat(Despair.in(text)).isFalse();
    }
}
