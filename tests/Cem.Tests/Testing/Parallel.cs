// Each test has its own host, folder and clock, so that nothing keeps them from running side by side.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
