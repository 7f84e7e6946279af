package io.xiaoer.common.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/// The rules of the house for production code, each with its reason. A module's `ArchitectureTest` runs them over the
/// module's own classes.
public final class HouseRules {

    /// By its name, for not every module has it.
    private static final String PARSER = "com.alibaba.fastjson2";

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Application")
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .because("a clock and chance that are given can be pinned by a test");

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a wait is for a condition or for a schedule, and both can be ended early");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helpers?|Manager)")
            .because("such a name says nothing of what the class is for, and collects what belongs elsewhere");

    @ArchTest
    static final ArchRule DEPENDENCIES_COME_BY_CONSTRUCTOR = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .andShould()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .because("a class must be complete once it is made, in a test too")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule LOGS_GO_THROUGH_SLF4J = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging", "org.apache.commons.logging", "org.apache.log4j..")
            .because("one facade, so that masking and structure hold for every line");

    @ArchTest
    static final ArchRule NULL_IS_WRITTEN_DOWN = classes()
            .that()
            .resideInAPackage("io.xiaoer..")
            .should(new ArchCondition<JavaClass>("stand in a @NullMarked package") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    JavaPackage home = each.getPackage();
                    if (!home.isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                each, each.getName() + " stands in a package without @NullMarked package-info"));
                    }
                }
            })
            .because("a package says in its package-info what it promises, and null is part of that");

    @ArchTest
    static final ArchRule FREE_FORMS_ARE_READ_PLAINLY = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.xiaoer.common.json.PlainJson")
            .should()
            .callMethodWhere(describe("read JSON as a tree", HouseRules::readsATree))
            .because("the parser makes {\"$ref\": …} a tree that contains itself unless it is told not to");

    private HouseRules() {}

    private static boolean readsATree(JavaMethodCall call) {
        var returned = call.getTarget().getRawReturnType();
        return call.getTargetOwner().getPackageName().equals(PARSER)
                && call.getName().startsWith("parse")
                && (call.getName().equals("parse") || returned.getPackageName().equals(PARSER));
    }
}
