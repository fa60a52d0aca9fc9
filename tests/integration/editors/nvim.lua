-- For editors.sh: has the linter for nvim-lint check each file given, as nvim-lint does it, and prints the ranges.
local linter = require('lint.linters.newslint')
local lines = {}
for _, file in ipairs(vim.fn.argv()) do
  vim.cmd('edit ' .. file)
  local args = vim.tbl_map(function(arg)
    return type(arg) == 'function' and arg() or arg
  end, linter.args)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
  local output = vim.fn.system(vim.list_extend({ linter.cmd }, args), text)
  vim.diagnostic.set(vim.api.nvim_create_namespace('newslint'), 0, linter.parser(output, 0))
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, true)[1]
    local level = ({ 'e', 'w', 'n' })[d.severity]
    table.insert(lines, table.concat({ file, d.lnum + 1, level, line:sub(d.col + 1, d.end_col) }, ' '))
  end
end
vim.fn.writefile(lines, vim.env.SAID)
vim.cmd('qall!')
