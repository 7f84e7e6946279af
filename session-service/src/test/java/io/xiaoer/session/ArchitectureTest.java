package io.xiaoer.session;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.xiaoer.common.testing.DocumentedAddresses;
import io.xiaoer.common.testing.HouseRules;

/// The rules of the house, over this module.
@AnalyzeClasses(
        packages = "io.xiaoer.session",
        importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests ADDRESSES = ArchTests.in(DocumentedAddresses.class);
}
