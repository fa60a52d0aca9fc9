-- newslint for nvim-lint (https://github.com/mfussenegger/nvim-lint), which finds this file on the
-- runtimepath:
--
--     require('lint').linters_by_ft = { markdown = { 'newslint' } }
--
-- Checks the buffer as it is, saved or not. rdjson counts columns in bytes, as Neovim does.

local function name_of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  return name ~= '' and name or 'unnamed.md'
end

local severities = {
  ERROR = vim.diagnostic.severity.ERROR,
  WARNING = vim.diagnostic.severity.WARN,
  INFO = vim.diagnostic.severity.INFO,
}

return {
  cmd = 'newslint',
  stdin = true,
  stream = 'stdout',
  ignore_exitcode = true, -- 1 says that there are findings
  args = {
    '--format',
    'rdjson',
    '--stdin-filename',
    function()
      return name_of(0)
    end,
    '-',
  },
  parser = function(output, bufnr)
    local name = name_of(bufnr)
    local ok, report = pcall(vim.json.decode, output)
    local diagnostics = {}
    for _, d in ipairs(ok and report.diagnostics or {}) do
      local from, to = d.location.range.start, d.location.range['end']
      local here = d.location.path == name -- else it is about a rule file
      local place = here and '' or string.format('%s:%d:%d: ', d.location.path, from.line, from.column)
      table.insert(diagnostics, {
        lnum = here and from.line - 1 or 0,
        col = here and from.column - 1 or 0,
        end_lnum = here and to.line - 1 or 0,
        end_col = here and to.column - 1 or 0,
        severity = severities[d.severity],
        source = 'newslint',
        code = d.code.value,
        message = place .. d.message,
      })
    end
    return diagnostics
  end,
}
