global using MattermostXsoar.Module.Tests.Hosting;
global using Xunit;
