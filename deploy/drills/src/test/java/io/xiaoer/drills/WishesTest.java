package io.xiaoer.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.drills.fault.Drill;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WishesTest {

    @Test
    void aNameAndASeedAreUnderstood() {
        var wishes = Wishes.of(List.of("kill-session-service", "--seed", "7", "--data=/somewhere", "--port", "18000"));

        assertThat(wishes.drills()).extracting(Drill::name).containsExactly("kill-session-service");
        assertThat(wishes.seed()).isEqualTo(7);
        assertThat(wishes.data()).contains("/somewhere");
        assertThat(wishes.port()).hasValue(18_000);
    }

    @Test
    void allAreAll() {
        var names = Wishes.of(List.of("all")).drills().stream().map(Drill::name).toList();

        assertThat(names).hasSizeGreaterThan(1);
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThatThrownBy(() -> Wishes.of(List.of())).hasMessage("Which drill?");
        assertThatThrownBy(() -> Wishes.of(List.of("burn-down"))).hasMessageContaining("burn-down");
        assertThatThrownBy(() -> Wishes.of(List.of("all", "--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> Wishes.of(List.of("all", "--seed"))).hasMessageContaining("--seed needs");
        assertThatThrownBy(() -> Wishes.of(List.of("all", "--seed", "x"))).hasMessageContaining("'x'");
        assertThatThrownBy(() -> Wishes.of(List.of("all", "--rate", "0"))).hasMessageContaining("--rate");
    }
}
